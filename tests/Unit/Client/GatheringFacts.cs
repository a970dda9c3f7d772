using Assay.Client;

namespace Assay.Tests.Unit.Client;

public sealed class GatheringFacts
{
    static Task<RunContext> In(GitFolder folder, params (string Name, string Value)[] variables)
    {
        var known = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        return RunContext.CaptureAsync(new() { Directory = folder.Path, Variable = known.GetValueOrDefault });
    }

    [Fact]
    public async Task A_committed_tree_is_clean()
    {
        using var folder = GitFolder.Committed("git@git.example:team/credit.git");
        var context = await In(folder);
        context.Tags["mlflow.source.git.commit"].ShouldBe(folder.Head);
        context.Tags["mlflow.source.git.dirty"].ShouldBe("false");
        context.Tags["mlflow.source.git.branch"].ShouldBe("main");
        context.Tags["mlflow.source.git.repoURL"].ShouldBe("git@git.example:team/credit.git");
        context.Unknown.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_file_makes_it_dirty()
    {
        using var folder = GitFolder.Committed();
        folder.Write("train.cs", "return 1;");
        (await In(folder)).Tags["mlflow.source.git.dirty"].ShouldBe("true");
    }

    [Fact]
    public async Task A_file_that_git_does_not_know_makes_it_dirty_unless_it_is_ignored()
    {
        using var folder = GitFolder.Committed();
        folder.Write("notes.txt", "x");
        (await In(folder)).Tags["mlflow.source.git.dirty"].ShouldBe("true");
        folder.Write(".git/info/exclude", "notes.txt\n");
        (await In(folder)).Tags["mlflow.source.git.dirty"].ShouldBe("false");
    }

    [Fact]
    public async Task Outside_of_a_repository_the_facts_are_unknown_with_the_reason()
    {
        using var folder = GitFolder.Empty();
        var context = await In(folder);
        context.Tags.Keys.ShouldNotContain(key => key.StartsWith("mlflow.source.git", StringComparison.Ordinal));
        context.Unknown.Count.ShouldBe(3);
        context.Unknown[0].ShouldContain("not a git repository");
    }

    [Fact]
    public async Task A_missing_remote_is_said()
    {
        using var folder = GitFolder.Committed();
        (await In(folder)).Unknown.ShouldHaveSingleItem().ShouldContain("no remote 'origin'");
    }

    [Fact]
    public async Task A_detached_head_takes_its_branch_from_the_ci_job()
    {
        using var folder = GitFolder.Committed();
        folder.Git("checkout", "--quiet", "--detach");
        var context = await In(folder, ("GITHUB_ACTIONS", "true"), ("GITHUB_SERVER_URL", "https://github.com"), ("GITHUB_REPOSITORY", "org/credit"),
            ("GITHUB_RUN_ID", "42"), ("GITHUB_RUN_ATTEMPT", "2"), ("GITHUB_REF_NAME", "main"), ("GITHUB_JOB", "train"), ("GITHUB_SHA", new string('f', 40)));
        context.Tags["mlflow.source.git.branch"].ShouldBe("main");
        context.Tags["mlflow.source.git.commit"].ShouldBe(folder.Head, "git's own word about the tree wins over the job's");
        context.Tags["mlflow.source.git.repoURL"].ShouldBe("https://github.com/org/credit");
        context.Tags["mlflow.source.type"].ShouldBe("JOB");
        context.Tags["ci.job_url"].ShouldBe("https://github.com/org/credit/actions/runs/42/attempts/2");
    }

    [Fact]
    public async Task A_gitlab_job_is_known_by_its_address()
    {
        using var folder = GitFolder.Empty();
        var context = await In(folder, ("GITLAB_CI", "true"), ("CI_JOB_URL", "https://gitlab.example/x/-/jobs/7"), ("CI_COMMIT_SHA", new string('a', 40)));
        context.Tags["ci.job_url"].ShouldBe("https://gitlab.example/x/-/jobs/7");
        context.Tags["mlflow.source.git.commit"].ShouldBe(new string('a', 40));
    }

    [Fact]
    public async Task What_the_operator_supplies_wins_and_comes_out_again()
    {
        using var folder = GitFolder.Committed();
        var context = await In(folder, ("MLFLOW_RUN_CONTEXT", """{"mlflow.source.git.repoURL":"https://git.example/x","build":7}"""), ("ASSAY_IMAGE_DIGEST", "sha256:ab"), ("ASSAY_SEED", "11"));
        context.Tags["mlflow.source.git.repoURL"].ShouldBe("https://git.example/x");
        context.Tags["build"].ShouldBe("7");
        context.Tags["image.digest"].ShouldBe("sha256:ab");
        context.Tags["seed"].ShouldBe("11");
        ContextVariable.Read(context.ToVariable()).ShouldBe(context.Tags, ignoreOrder: true);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("clean")]
    public async Task A_context_that_is_no_object_is_refused_and_shown(string value)
    {
        using var folder = GitFolder.Empty();
        var error = await Should.ThrowAsync<FormatException>(In(folder, ("MLFLOW_RUN_CONTEXT", value)));
        error.Message.ShouldContain("MLFLOW_RUN_CONTEXT");
        error.Message.ShouldEndWith(value);
    }

    [Theory]
    [InlineData("https://user:token@git.example/a/b.git", "https://git.example/a/b.git")]
    [InlineData("https://token@git.example:8443/a.git", "https://git.example:8443/a.git")]
    [InlineData("https://git.example/a.git?access_token=s", "https://git.example/a.git")]
    [InlineData("ssh://git:secret@git.example/a.git", "ssh://git@git.example/a.git")]
    [InlineData("git@git.example:a/b.git", "git@git.example:a/b.git")]
    [InlineData("https://git.example/a.git", "https://git.example/a.git")]
    [InlineData("/srv/git/a.git", "/srv/git/a.git")]
    public void A_remote_is_recorded_without_its_secrets(string remote, string recorded) => RemoteUrl.WithoutCredentials(remote).ShouldBe(recorded);
}
