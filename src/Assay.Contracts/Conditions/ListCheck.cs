using Assay.Contracts.Conditions.Nodes;

namespace Assay.Contracts.Conditions;

/// <summary>Checks a list in brackets: constants of one kind, at least one.</summary>
sealed class ListCheck(ConditionChecker checker, ConditionFault fault)
{
    public Part Read(ListSyntax list)
    {
        var items = list.Items.Select(checker.Any).ToList();
        if (items.Count == 0)
            fault.Note(list.At, "the list is empty", "Put at least one value into it.");
        for (var i = 0; i < items.Count; i++)
            if (items[i].Node is not (NumberConstant or TextConstant))
                fault.Note(list.Items[i].At, "a list holds only constants: numbers, texts, times or durations", "Compare with names by == and join the comparisons with ||.");
            else if (items[i].Kind != items[0].Kind)
                fault.Note(list.Items[i].At, $"the list begins with {items[0].Shown} and goes on with {items[i].Shown}", "Put values of one kind into it.");
        if (fault.Refusal is not null)
            return Part.Wrong;
        return items[0].Kind == ValueKind.Text
            ? new(ValueKind.Texts, new TextsConstant([.. items.Select(item => ((TextConstant)item.Node).Value)]), ValueKind.Text)
            : new(ValueKind.Numbers, new NumbersConstant([.. items.Select(item => ((NumberConstant)item.Node).Value)]), items[0].Kind);
    }
}
