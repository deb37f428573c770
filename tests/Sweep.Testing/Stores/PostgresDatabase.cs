using Sweep.Store.Postgres;

namespace Sweep.Testing.Stores;

/// <summary>A database of a test's own, with the schema in it.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private PostgresDatabase(PostgresServer server, string url) => (Server, Url) = (server, url);

    public PostgresServer Server { get; }

    public string Url { get; }

    public string Name => PostgresServer.NameOf(Url);

    public static async Task<PostgresDatabase> CreateAsync(PostgresServer? server = null)
    {
        server ??= await PostgresServer.Shared;
        var url = await server.CreateDatabaseAsync();
        Assert.True(await PostgresSchema.CreateAsync(url, default));
        return new PostgresDatabase(server, url);
    }

    public Task<PostgresStore> OpenAsync(int? proxy = null) => PostgresStore.OpenAsync(Server.Url(Name, proxy), TimeProvider.System, default);

    public async Task<T> ExecuteAsync<T>(string sql) => (T)(await Server.ExecuteAsync(Name, sql))!;

    public async ValueTask DisposeAsync() => await Server.DropDatabaseAsync(Url);
}
