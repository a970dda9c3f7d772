namespace Assay.Server.Storage;

/// <summary>The two databases that Assay runs on.</summary>
public enum Engine
{
    /// <summary>Embedded, one process; the default.</summary>
    Sqlite,
    /// <summary>PostgreSQL 15 or newer; many replicas.</summary>
    Postgres,
}
