using System.Text;
using System.Text.Json.Nodes;
using Assay.Client.Verification;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Contracts.Ledger;
using Assay.Contracts.Package;

namespace Assay.Tests.Unit.Verification;

/// <summary>A pulled folder as a registry with its own key would have written it: everything in it holds.</summary>
sealed class SignedFolder : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 2, 2, 0, 0, TimeSpan.Zero);
    const string Origin = "assay/test";
    readonly SigningKey key = SigningKey.Create();

    public SignedFolder(string environment = "production", string slot = "primary", DateTimeOffset? notAfter = null, string model = "fraud", bool rolledBack = false)
    {
        (Dictionary<string, string> texts, var run) = (new() { ["MLmodel"] = "flavors: {}", ["data/model.onnx"] = "weights", ["requirements.txt"] = "numpy==1.0" }, new JsonObject { ["params"] = new JsonObject { ["seed"] = "7" } });
        foreach (var (path, text) in texts)
            Write(Path.Combine("model", path), Encoding.UTF8.GetBytes(text));
        var built = OciManifest.Build(model, "run1", CanonicalJson.DigestOf(run), texts.Select(t => new PackageFile(t.Key, t.Value.Length, Digest.Of(t.Value))));
        Digest = built.Digest;
        var evidence = Signed(Statement.About(model, Digest, Statement.Evaluation, new() { ["kind"] = "invariants" }));
        var verdict = Signed(Statement.About(model, Digest, Statement.VerificationSummary, new()
        {
            ["resourceUri"] = $"assay://{environment}/{model}/{slot}",
            ["verificationResult"] = "PASSED",
            ["assay_verdict"] = "passed",
            ["inputAttestations"] = new JsonArray(new JsonObject { ["digest"] = new JsonObject { ["sha256"] = Digest.Of(evidence.PayloadBytes()).Hex } }),
        }));
        var promotion = Signed(Statement.About(model, Digest, Statement.Promotion, new()
        {
            ["environment"] = environment,
            ["model"] = model,
            ["slot"] = slot,
            ["not_after"] = (notAfter ?? Now.AddDays(7)).ToString("O"),
            ["verdict"] = new JsonObject { ["sha256"] = Digest.Of(verdict.PayloadBytes()).Hex },
        }));
        var entry = CanonicalJson.Bytes(new JsonObject
        {
            ["id"] = "E1",
            ["time"] = "2026-11-01T00:00:00.000Z",
            ["actor"] = new JsonObject { ["kind"] = "person", ["id"] = "ana" },
            ["action"] = rolledBack ? "promotion.rolled_back" : "promotion.made",
            ["outcome"] = "allowed",
            ["subject"] = new JsonObject { ["model"] = model, ["digest"] = Digest.ToString(), ["environment"] = environment, ["slot"] = slot },
            ["detail"] = new JsonObject { ["statement"] = Digest.Of(promotion.PayloadBytes()).ToString() },
        });
        Json = new JsonObject
        {
            ["model"] = model,
            ["digest"] = Digest.ToString(),
            ["manifest"] = Convert.ToBase64String(built.Manifest),
            ["config"] = Convert.ToBase64String(built.Config),
            ["run"] = run.DeepClone(),
            ["evidence"] = new JsonArray(evidence.ToJson()),
            ["verdict"] = verdict.ToJson(),
            ["promotion"] = promotion.ToJson(),
            ["ledger"] = Proof(entry),
            ["keys"] = new JsonArray(new JsonObject { ["public_key"] = key.Verifier.Base64 }),
        };
        Write("assay/manifest.json", built.Manifest);
        Write("assay/config.json", built.Config);
        Write("assay/run.json", CanonicalJson.Bytes(run));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("assay pulled ").FullName;

    public Digest Digest { get; }

    public JsonObject Json { get; }

    public Trust Trust => new(Origin, [key.Verifier]);

    public DsseEnvelope Signed(JsonObject statement) => DsseEnvelope.Sign(CanonicalJson.Bytes(statement), key);

    public Task<VerificationReport> Verify(string environment = "production", string slot = "primary", string? model = "fraud", Trust? trust = null, DateTimeOffset? now = null, TimeSpan? maxAge = null, Digest? digest = null) =>
        Verifier.Verify(Folder, Bundle.Read(Json.DeepClone()), new(model, digest, environment, slot, maxAge), trust ?? Trust, now ?? Now, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        key.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    JsonObject Proof(byte[] entry)
    {
        byte[][] leaves = [MerkleTree.Leaf("one"u8), MerkleTree.Leaf(entry), MerkleTree.Leaf("three"u8)];
        byte[] Root(long from, long to) => MerkleTree.Root(from, to, (_, _) => null, i => leaves[i]);
        return new()
        {
            ["origin"] = Origin,
            ["entry"] = Convert.ToBase64String(entry),
            ["seq"] = 1,
            ["size"] = 3,
            ["hashes"] = new JsonArray([.. MerkleTree.InclusionProof(1, 3, Root).Select(h => JsonValue.Create(Convert.ToBase64String(h)))]),
            ["checkpoint"] = new Checkpoint(Origin, 3, Root(0, 3), Now.AddHours(-1)).Sign(key),
        };
    }

    void Write(string path, byte[] bytes)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }
}
