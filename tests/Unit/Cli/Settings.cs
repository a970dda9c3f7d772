using Assay.Cli.Settings;
using Assay.Cli.Surface;

namespace Assay.Tests.Unit.Cli;

/// <summary>The server's configuration file.</summary>
public sealed class Settings
{
    [Fact]
    public void Unknown_keys_are_told_with_line_column_and_the_nearest_known_one()
    {
        var wrong = Should.Throw<WrongUseException>(() => ServerSettings.Checked("data: /srv\ndatabse: x\ncapture:\n  mode: observe\n", "assay.yaml"));
        wrong.Message.ShouldContain("line 2, column 1");
        wrong.Message.ShouldContain("'database'");
        wrong.Message.ShouldContain("capture wants a text");
    }

    [Fact]
    public void Malformed_yaml_is_told_with_its_place() =>
        Should.Throw<WrongUseException>(() => ServerSettings.Checked("data: [", "assay.yaml")).Message.ShouldContain("line 2, column 1");

    [Fact]
    public void Addresses_are_a_text_or_a_list() =>
        ServerSettings.Checked("listen: [http://127.0.0.1:1, http://127.0.0.1:2]\nhost: assay.example\n", "assay.yaml").Texts("listen").Count.ShouldBe(2);
}
