using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Sweep.Testing;

/// <summary>
/// A PostgreSQL server of the tests' own, from Debian's package: a cluster in a temporary folder, on the loopback only, with a password, durable.
/// It ends, and its folder goes, with the process that started it, however that ends.
/// </summary>
/// <remarks>As root it runs as the user <c>postgres</c>. Another version's programs are found with SWEEP_POSTGRES_BIN.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Of the user postgres; it holds what has to be escaped in a URL.</summary>
    public const string Password = "p@ss/wörd:1";

    private static readonly Lazy<Task<PostgresServer>> SharedServer = new(StartNewAsync);

    private readonly string folder;
    private readonly Process guard;
    private int databases;

    private PostgresServer(string folder, int port, Process guard) => (this.folder, Port, this.guard) = (folder, port, guard);

    /// <summary>One server for all tests of a process, started when it is first asked for. Who stops it takes one of his own.</summary>
    public static Task<PostgresServer> Shared => SharedServer.Value;

    public int Port { get; }

    private static string Programs =>
        Environment.GetEnvironmentVariable("SWEEP_POSTGRES_BIN")
        ?? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(Directory.Exists).Order(StringComparer.Ordinal).Last();

    private string Data => Path.Combine(folder, "data");

    /// <summary>Creates a cluster and starts its server.</summary>
    public static async Task<PostgresServer> StartNewAsync()
    {
        var place = Directory.CreateTempSubdirectory("sweep-postgres-").FullName;
        await File.WriteAllTextAsync(Path.Combine(place, "password"), Password);
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", ["-R", "postgres", place]);
        }

        await RunAsPostgresAsync(
            "initdb", ["-D", Path.Combine(place, "data"), "-U", "postgres", "-A", "scram-sha-256", "--pwfile", Path.Combine(place, "password"), "--no-locale", "-E", "UTF8", "--no-sync"]);
        var port = FreePort();
        await File.AppendAllTextAsync(Path.Combine(place, "data", "postgresql.conf"), $"""

            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            port = {port}
            fsync = on
            max_connections = 200
            shared_buffers = 256MB
            max_wal_size = 2GB
            """);
        var server = new PostgresServer(place, port, StartGuard(place));
        await server.StartAsync();
        return server;
    }

    /// <summary>The URL of a database of this server, password included.</summary>
    /// <param name="database">Its name.</param>
    /// <param name="port">Of a proxy before the server; null for the server's own.</param>
    public string Url(string database, int? port = null) =>
        string.Create(CultureInfo.InvariantCulture, $"postgres://postgres:{Uri.EscapeDataString(Password)}@127.0.0.1:{port ?? Port}/{database}");

    /// <summary>Creates an empty database, and returns its URL.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return Url(name);
    }

    public Task DropDatabaseAsync(string url) => ExecuteAsync("postgres", $"DROP DATABASE {NameOf(url)} WITH (FORCE)");

    public static string NameOf(string url) => new Uri(url).AbsolutePath.Trim('/');

    /// <summary>Runs a statement as the superuser; returns its first value.</summary>
    public async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var connection = await ConnectAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async Task<NpgsqlConnection> ConnectAsync(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = Port, Username = "postgres", Password = Password, Database = database, Pooling = false, GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Starts it again after <see cref="StopAsync"/> or <see cref="Kill9Async"/>; comes back when it takes connections.</summary>
    public Task StartAsync() => RunAsPostgresAsync("pg_ctl", ["-D", Data, "-w", "-t", "60", "-l", Path.Combine(folder, "log"), "start"]);

    /// <summary>Stops it in order: sessions are ended, what is open is rolled back.</summary>
    public Task StopAsync() => RunAsPostgresAsync("pg_ctl", ["-D", Data, "-w", "-m", "fast", "stop"]);

    /// <summary>Kills all its processes at once, as a power cut would.</summary>
    public async Task Kill9Async()
    {
        // Stopped first, the postmaster has no more children than are seen; while any of them lives, the server cannot be started again.
        const string Script = """
            kill -STOP "$0"
            until grep -q '^State:.T' "/proc/$0/status"; do :; done
            all="$0"
            for stat in /proc/[0-9]*/stat; do
              # pid (name) state parent ...
              { read -r fields <"$stat"; } 2>/dev/null || continue
              set -- ${fields##*) }
              if [ "$2" = "$0" ]; then pid=${stat#/proc/}; all="$all ${pid%/stat}"; fi
            done
            kill -KILL $all
            for pid in $all; do while kill -0 "$pid" 2>/dev/null; do :; done; done
            """;
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        await RunAsync("sh", ["-c", Script, postmaster]);
    }

    public async ValueTask DisposeAsync()
    {
        guard.StandardInput.Close();
        await guard.WaitForExitAsync();
        guard.Dispose();
    }

    /// <summary>Waits for the end of this process, then stops the server and removes the folder.</summary>
    private static Process StartGuard(string place)
    {
        const string Script = """
            trap '' INT TERM HUP
            cat >/dev/null
            pid=$(head -n 1 "$0/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid" 2>/dev/null
            while [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
            rm -rf "$0"
            """;
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("bash", ["-c", Script, place]) { RedirectStandardInput = true, UseShellExecute = false },
        };
        process.Start();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task RunAsPostgresAsync(string program, string[] arguments)
    {
        var path = Path.Combine(Programs, program);
        return Environment.UserName == "root"
            ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        // The server inherits none of our pipes, or they would stay open: what it says goes to a file.
        var log = Path.GetTempFileName();
        try
        {
            using var process = new Process
            {
                StartInfo = new ProcessStartInfo("sh", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", log, program, .. arguments])
                {
                    WorkingDirectory = "/",
                    UseShellExecute = false,
                },
            };
            process.Start();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{await File.ReadAllTextAsync(log)}");
            }
        }
        finally
        {
            File.Delete(log);
        }
    }
}
