namespace Assay.Contracts.Conditions.Nodes;

/// <summary>A part that is true or false. Only a name can be missing: it is then not true.</summary>
abstract class TruthNode : Node
{
    public abstract bool Of(IConditionScope scope);

    public override bool Missing(IConditionScope scope) => false;
}

sealed class TruthConstant(bool value) : TruthNode
{
    public override bool Of(IConditionScope scope) => value;
}

sealed class TruthName(int name) : TruthNode
{
    public override bool Of(IConditionScope scope) => scope.Number(name) is not (0 or double.NaN);

    public override bool Missing(IConditionScope scope) => double.IsNaN(scope.Number(name));
}

sealed class Not(TruthNode of) : TruthNode
{
    public override bool Of(IConditionScope scope) => !of.Of(scope);
}

sealed class And(TruthNode left, TruthNode right) : TruthNode
{
    public override bool Of(IConditionScope scope) => left.Of(scope) && right.Of(scope);
}

sealed class Or(TruthNode left, TruthNode right) : TruthNode
{
    public override bool Of(IConditionScope scope) => left.Of(scope) || right.Of(scope);
}

/// <summary><c>has(name)</c> and <c>part != null</c> (wanted), <c>part == null</c> (not wanted).</summary>
sealed class Presence(Node of, bool wanted) : TruthNode
{
    public override bool Of(IConditionScope scope) => of.Missing(scope) != wanted;
}
