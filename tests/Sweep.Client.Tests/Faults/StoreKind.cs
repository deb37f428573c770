namespace Sweep.Client.Tests.Faults;

/// <summary>Which database a fault strikes at.</summary>
public enum StoreKind
{
    Sqlite,
    Postgres,
}
