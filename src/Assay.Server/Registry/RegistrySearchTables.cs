using Assay.Server.Search;

namespace Assay.Server.Registry;

/// <summary>What can be searched of registered models and their versions (mlflow-wire §3.12), Assay's own state in its read-only tags among it.</summary>
static class RegistrySearchTables
{
    static readonly SearchField ModelUpdated = new("last_updated_timestamp", FieldType.Whole, "m.updated_ms") { Filters = false };

    // Clients from 2.21 on add tag.`mlflow.prompt.is_prompt` != 'true' to each search of models. A model has no such tag; what it is stands in a column.
    static readonly SearchField IsPrompt = new("tags." + Names.PromptTag, FieldType.Text, "CASE WHEN m.is_prompt THEN 'true' ELSE 'false' END") { Sorts = false };

    static readonly SearchFamily StoredModelTags = SearchFields.Pairs("registry_model_tag", "x.model_id = m.id", "tags", false, "tags", "tag");

    public static readonly SearchFields Models = new("registered models", new Dictionary<string, SearchField>
    {
        ["name"] = new("name", FieldType.Text, "m.name"),
        ["timestamp"] = ModelUpdated,
        ["last_updated_timestamp"] = ModelUpdated,
    }, ["attributes", "attribute"], [StoredModelTags with { Field = ModelTag }]);

    static readonly SearchFamily StoredVersionTags = SearchFields.Pairs("registry_version_tag", "x.model_id = v.model_id AND x.number = v.number", "tags", false, "tags", "tag");

    public static readonly SearchFields Versions = new("model versions", new Dictionary<string, SearchField>
    {
        ["name"] = new("name", FieldType.Text, "m.name"),
        ["version_number"] = new("version_number", FieldType.Whole, "v.number"),
        ["run_id"] = new("run_id", FieldType.Text, "COALESCE(v.run_id, '')") { Lists = true, Sorts = false },
        ["source_path"] = new("source_path", FieldType.Text, "v.source") { Sorts = false },
        ["creation_timestamp"] = new("creation_timestamp", FieldType.Whole, "v.created_ms") { Filters = false },
        ["last_updated_timestamp"] = new("last_updated_timestamp", FieldType.Whole, "v.updated_ms") { Filters = false },
    }, ["attributes", "attribute"], [StoredVersionTags with { Field = VersionTag }]);

    static SearchField? ModelTag(string key) => key == Names.PromptTag ? IsPrompt : StoredModelTags.Field(key);

    static SearchField? VersionTag(string key) => key switch
    {
        Names.PromptTag => IsPrompt,
        "assay.status" => new("tags.assay.status", FieldType.Text, "LOWER(v.status)") { Sorts = false },
        "assay.digest" => new("tags.assay.digest", FieldType.Text, "v.digest") { Sorts = false },
        _ => StoredVersionTags.Field(key),
    };
}
