namespace Assay.Client;

/// <summary>MLflow's column types.</summary>
public enum ColumnType
{
    /// <summary>True or false.</summary>
    Boolean,
    /// <summary>32-bit whole number.</summary>
    Integer,
    /// <summary>64-bit whole number.</summary>
    Long,
    /// <summary>Single precision.</summary>
    Float,
    /// <summary>Double precision.</summary>
    Double,
    /// <summary>Text.</summary>
    String,
    /// <summary>Bytes.</summary>
    Binary,
    /// <summary>A date with time.</summary>
    Datetime,
}
