using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Server.Evidence;

/// <summary>From bytes to a DSSE envelope around an in-toto statement; nothing inside is read yet.</summary>
static class EnvelopeReader
{
    public static Result<DsseEnvelope> Read(byte[] body)
    {
        try
        {
            if (DsseEnvelope.Read(JsonNode.Parse(body, documentOptions: new() { AllowDuplicateProperties = false, MaxDepth = 16 })) is not { } envelope)
                return EvidenceRefusals.NoEnvelope("payloadType, payload or signatures is missing or of another type");
            if (envelope.PayloadType != DsseEnvelope.InToto)
                return EvidenceRefusals.NoEnvelope($"payloadType is '{envelope.PayloadType}', wanted {DsseEnvelope.InToto}");
            _ = envelope.PayloadBytes();
            return envelope;
        }
        catch (JsonException e)
        {
            return EvidenceRefusals.NoEnvelope(e.Message);
        }
        catch (FormatException)
        {
            return EvidenceRefusals.NoEnvelope("its payload is not base64");
        }
    }
}
