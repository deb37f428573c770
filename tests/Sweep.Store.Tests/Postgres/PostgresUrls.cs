using Npgsql;
using Sweep.Search;
using Sweep.Store.Postgres;

namespace Sweep.Store.Tests.Postgres;

public sealed class PostgresUrls
{
    [Theory]
    [InlineData("postgres://ann:p%40ss@db.example.org:6543/sweeps?sslmode=require", "db.example.org", 6543, "ann", "p@ss", "sweeps", SslMode.Require)]
    [InlineData("postgresql://ann@db/sweeps", "db", 5432, "ann", null, "sweeps", SslMode.Prefer)]
    [InlineData("postgres://ann:x:y@[::1]/sweeps?sslmode=verify-full", "::1", 5432, "ann", "x:y", "sweeps", SslMode.VerifyFull)]
    [InlineData("postgres://ann@/sweeps?host=/var/run/postgresql&password=a%26b", "/var/run/postgresql", 5432, "ann", "a&b", "sweeps", SslMode.Prefer)]
    [InlineData("postgres://ann@db", "db", 5432, "ann", null, "ann", SslMode.Prefer)]
    public void Url_IsReadAsPostgresqlsOwnToolsDo(string text, string host, int port, string user, string? password, string database, SslMode ssl)
    {
        var url = PostgresUrl.Parse(text);

        var settings = new NpgsqlConnectionStringBuilder(url.ConnectionString(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)));
        Assert.Equal((host, port, user, password, database, ssl), (settings.Host, settings.Port, settings.Username, settings.Password, settings.Database, settings.SslMode));
        Assert.Contains("statement_timeout=5000", settings.Options);
        Assert.DoesNotContain(password ?? "\0", url.Display);
    }

    [Theory]
    [InlineData("postgres://ann:seCret7@db:port/sweeps", "not a URL")]
    [InlineData("postgres://ann:seC@ret7/x@db/sweeps", "not a URL")]
    [InlineData("postgres://ann:seCret7@db/sweeps?sslmode=maybe", "sslmode is one of")]
    [InlineData("postgres://ann:seCret7@db/sweeps?pool=9&password=seCret7", "\"pool\" is not one of")]
    public void BadUrl_IsToldWithoutItsPassword(string text, string why)
    {
        var failure = Assert.Throws<SweepException>(() => PostgresUrl.Parse(text));

        Assert.Contains(why, failure.Message);
        Assert.DoesNotContain("ret7", failure.ToString());
    }

    [Theory]
    [InlineData("postgres://ann:seCret7@db/sweeps", "postgres://ann@db/sweeps")]
    [InlineData("postgresql://db/sweeps?user=ann&password=seCret7&sslmode=require", "postgresql://db/sweeps?user=ann&password=***&sslmode=require")]
    [InlineData("sweep.db", "sweep.db")]
    [InlineData("a:b@c.db", "a:b@c.db")]
    public void Address_IsShownWithoutPassword(string db, string shown) => Assert.Equal(shown, Stores.Display(db));

    [Theory]
    [InlineData("postgres://h/d", true)]
    [InlineData("POSTGRESQL://h/d", true)]
    [InlineData("postgres.db", false)]
    [InlineData("folder/postgres:", false)]
    public void Text_OfDb_TellsTheKindOfStore(string db, bool isPostgres) => Assert.Equal(isPostgres, Stores.IsPostgres(db));
}
