using System.Text.Json;
using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners.Endpoints;

namespace Assay.Evaluation.Runners.Invocations;

/// <summary>
/// Rows as the body of MLflow's <c>/invocations</c>. With a signature its columns go, in its order and of its types; the data's other columns stay here.
/// </summary>
internal static class InvocationsQuestion
{
    public static Result<byte[]> Write(ModelInput input, ModelSignature? signature, InvocationForm? wish, long firstRow, bool fromFile)
    {
        if (input.Rows == 0)
            return InputRefusals.NoRows();
        if (fromFile && signature is not { Inputs.Count: > 0 })
            return EndpointRefusals.NoSignature();
        var chosen = Columns(input, signature, firstRow);
        if (!chosen.Ok)
            return chosen.Refusal!;
        var columns = chosen.Value;
        var nameless = columns.Exists(c => c.Name is null);
        var form = wish ?? (nameless ? InvocationForm.Instances : columns.Exists(c => c.IsTensor) ? InvocationForm.Inputs : InvocationForm.DataframeSplit);
        if (nameless && (columns.Count > 1 || form is InvocationForm.DataframeSplit or InvocationForm.DataframeRecords))
            return InputRefusals.SeveralInputs([.. columns.Select(c => c.Name ?? "tensor")]);
        using var body = new MemoryStream();
        using (var to = new Utf8JsonWriter(body, new() { SkipValidation = true }))
        {
            to.WriteStartObject();
            var refusal = form switch
            {
                InvocationForm.DataframeSplit => Split(to, columns, input.Rows),
                InvocationForm.DataframeRecords => Rows(to, "dataframe_records", columns, input.Rows, plain: true),
                InvocationForm.Instances => Rows(to, "instances", columns, input.Rows, plain: false),
                _ => Whole(to, columns),
            };
            if (refusal is not null)
                return refusal;
            to.WriteEndObject();
        }
        return body.ToArray();
    }

    static Result<List<InvocationColumn>> Columns(ModelInput input, ModelSignature? signature, long firstRow)
    {
        if (signature is not { Inputs.Count: > 0 } || input.Columns.Any(c => c.Name is null))
            return input.Columns.Select(c => new InvocationColumn(c, null, firstRow)).ToList();
        var named = input.Columns.ToDictionary(c => c.Name!, StringComparer.Ordinal);
        var missing = signature.Inputs.Where(c => c.Required && !named.ContainsKey(c.Name)).Select(c => c.Name).ToList();
        return missing.Count > 0 ? InputRefusals.MissingColumns(missing, [.. named.Keys])
            : signature.Inputs.Where(c => named.ContainsKey(c.Name)).Select(c => new InvocationColumn(named[c.Name], c, firstRow)).ToList();
    }

    static Refusal? Split(Utf8JsonWriter to, List<InvocationColumn> columns, int rows)
    {
        to.WriteStartObject("dataframe_split");
        to.WriteStartArray("columns");
        foreach (var column in columns)
            to.WriteStringValue(column.Name);
        to.WriteEndArray();
        to.WriteStartArray("data");
        for (var row = 0; row < rows; row++)
        {
            to.WriteStartArray();
            foreach (var column in columns)
                if (column.Write(to, row, plain: true) is { } refusal)
                    return refusal;
            to.WriteEndArray();
        }
        to.WriteEndArray();
        to.WriteEndObject();
        return null;
    }

    static Refusal? Rows(Utf8JsonWriter to, string form, List<InvocationColumn> columns, int rows, bool plain)
    {
        to.WriteStartArray(form);
        for (var row = 0; row < rows; row++)
        {
            if (columns is [{ Name: null } only])
            {
                if (only.Write(to, row, plain) is { } wrong)
                    return wrong;
                continue;
            }
            to.WriteStartObject();
            foreach (var column in columns)
            {
                to.WritePropertyName(column.Name!);
                if (column.Write(to, row, plain) is { } refusal)
                    return refusal;
            }
            to.WriteEndObject();
        }
        to.WriteEndArray();
        return null;
    }

    static Refusal? Whole(Utf8JsonWriter to, List<InvocationColumn> columns)
    {
        to.WritePropertyName("inputs");
        if (columns is [{ Name: null } only])
            return only.WriteAll(to);
        to.WriteStartObject();
        foreach (var column in columns)
        {
            to.WritePropertyName(column.Name!);
            if (column.WriteAll(to) is { } refusal)
                return refusal;
        }
        to.WriteEndObject();
        return null;
    }
}
