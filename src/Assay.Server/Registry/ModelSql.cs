using Assay.Server.Storage;

namespace Assay.Server.Registry;

static class ModelSql
{
    public const string Columns = "m.id, m.name, m.description, m.is_prompt, m.created_ms, m.updated_ms";

    public static ModelView Read(Row r) => new(r.Text(1), r.Text(2), r.Bool(3), r.Time(4), r.Time(5)) { Id = r.Text(0) };

    public static readonly Query<ModelView> ByName = new($"SELECT {Columns} FROM registry_model m WHERE m.name = @name AND NOT m.deleted", Read);

    public static readonly Query<string> Names = new("SELECT name FROM registry_model WHERE NOT deleted", r => r.Text(0));

    public static readonly Query<string> NamesOfModels = new("SELECT name FROM registry_model WHERE NOT deleted AND NOT is_prompt ORDER BY name", r => r.Text(0));

    public static readonly Query<ModelView> All = new($"SELECT {Columns} FROM registry_model m WHERE NOT m.deleted AND NOT m.is_prompt ORDER BY m.name LIMIT @limit", Read);

    public static readonly Query<ModelView> Among = new($"SELECT {Columns} FROM registry_model m WHERE m.name {{among}} AND NOT m.deleted ORDER BY m.name", Read);

    public static readonly Query<(string Key, string Value)> Tags = new("SELECT key, value FROM registry_model_tag WHERE model_id = @id ORDER BY key", r => (r.Text(0), r.Text(1)));

    public const string Insert = """
        INSERT INTO registry_model (id, name, description, is_prompt, created_ms, updated_ms, next_number, deleted)
        VALUES (@id, @name, @description, @prompt, @at, @at, 1, FALSE)
        """;

    public static readonly Query<long> TakeNumber = new("UPDATE registry_model SET next_number = next_number + 1, updated_ms = @at WHERE id = @id RETURNING next_number - 1", r => r.Int(0));

    /// <summary>Numbers up to this one are taken.</summary>
    public const string PassNumber = "UPDATE registry_model SET next_number = @number + 1 WHERE id = @id AND next_number <= @number";

    public const string Rename = "UPDATE registry_model SET name = @name, updated_ms = @at WHERE id = @id";

    public const string Describe = "UPDATE registry_model SET description = @description, updated_ms = @at WHERE id = @id";

    public const string Touch = "UPDATE registry_model SET updated_ms = @at WHERE id = @id";

    public const string Delete = "UPDATE registry_model SET deleted = TRUE, updated_ms = @at WHERE id = @id";

    public const string PutTag = "INSERT INTO registry_model_tag (model_id, key, value) VALUES (@id, @key, @value) ON CONFLICT (model_id, key) DO UPDATE SET value = EXCLUDED.value";

    public const string DropTag = "DELETE FROM registry_model_tag WHERE model_id = @id AND key = @key";

    public const string PutAlias = "INSERT INTO registry_alias (model_id, alias, number) VALUES (@id, @alias, @number) ON CONFLICT (model_id, alias) DO UPDATE SET number = EXCLUDED.number";

    public const string DropAlias = "DELETE FROM registry_alias WHERE model_id = @id AND alias = @alias";

    public const string DropAliasesOf = "DELETE FROM registry_alias WHERE model_id = @id AND number = @number";
}
