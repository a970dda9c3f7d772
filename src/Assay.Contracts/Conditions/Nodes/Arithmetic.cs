namespace Assay.Contracts.Conditions.Nodes;

/// <summary>Two numbers and a sign between them. What has no finite answer, such as a division by zero, is missing.</summary>
sealed class Arithmetic(char sign, NumberNode left, NumberNode right) : NumberNode
{
    public override double Of(IConditionScope scope)
    {
        double a = left.Of(scope), b = right.Of(scope);
        return Finite(sign switch { '+' => a + b, '-' => a - b, '*' => a * b, '/' => a / b, _ => a % b });
    }
}
