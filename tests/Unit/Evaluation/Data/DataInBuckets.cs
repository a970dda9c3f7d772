using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Sources;

namespace Assay.Tests.Unit.Evaluation.Data;

/// <summary>Against a real store, as the artifacts are tested.</summary>
public sealed class DataInBuckets
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task Put(S3Access access, string uri, string text)
    {
        using var client = new AmazonS3Client(new BasicAWSCredentials(access.AccessKey, access.SecretKey), new AmazonS3Config { ServiceURL = access.Endpoint, ForcePathStyle = true, AuthenticationRegion = access.Region, RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED });
        var parts = uri["s3://".Length..].Split('/', 2);
        await client.PutObjectAsync(new PutObjectRequest { BucketName = parts[0], Key = parts[1], ContentBody = text, UseChunkEncoding = false }, Ct);
    }

    [Fact]
    public async Task An_object_and_a_folder_of_objects_are_fetched_hashed_and_deleted_again()
    {
        await using var store = await ObjectStore.Start();
        var access = new S3Access { Endpoint = store.Settings.Endpoint, Region = store.Settings.Region, AccessKey = store.Settings.AccessKey, SecretKey = store.Settings.SecretKey };
        var place = ObjectStore.NewPlace();
        await Put(access, $"{place}/a.csv", "x\n1\n");
        await Put(access, $"{place}/b.csv", "x\n2\n");
        await Put(access, $"{place}/_SUCCESS", "none");
        var sources = new DataSources(new S3Source(access));
        string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), "assay-fetched-*");
        var before = Folders();
        var one = (await DataSet.Open(new($"{place}/a.csv", ".", Digest.Of("x\n1\n")), sources, Ct)).Value;
        (one.Rows, one.Digest).ShouldBe((1, Digest.Of("x\n1\n")));
        var fetched = Folders().Except(before).ToList();
        fetched.ShouldNotBeEmpty();
        await one.DisposeAsync();
        await using var both = (await DataSet.Open(new($"{place}/", "."), sources, Ct)).Value;
        both.Rows.ShouldBe(2);
        both.Digest.ShouldBe(Digest.Of($"a.csv\0{Digest.Of("x\n1\n").Hex}\nb.csv\0{Digest.Of("x\n2\n").Hex}\n"));
        (await DataSet.Open(new($"{place}/a.csv", ".", Digest.Of("else")), sources, Ct)).Refusal!.Code.ShouldBe("data-digest");
        (await DataSet.Open(new($"{place}/c.csv", "."), sources, Ct)).Refusal!.Message.ShouldContain("the store has no such object.");
        (await DataSet.Open(new("s3://bucket-only", "."), sources, Ct)).Refusal!.Message.ShouldContain("s3://BUCKET/KEY");
        Folders().Count(fetched.Contains).ShouldBeLessThan(fetched.Count);
    }
}
