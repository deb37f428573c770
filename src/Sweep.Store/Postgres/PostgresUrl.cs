using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Sweep.Search;

namespace Sweep.Store.Postgres;

/// <summary>Where a PostgreSQL store is: <c>postgres://user:password@host:port/database?sslmode=require</c>. Nothing but the connection itself sees the password.</summary>
/// <remarks>
/// What the URL leaves out comes from PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD and the passfile (PGPASSFILE, ~/.pgpass), as with
/// PostgreSQL's own tools.
/// </remarks>
internal sealed partial class PostgresUrl
{
    private const int DefaultPort = 5432;

    /// <summary>Stands for the host that a URL leaves out: .NET knows no URL without one.</summary>
    private const string NoHost = "no-host.invalid";

    private readonly NpgsqlConnectionStringBuilder settings;

    private PostgresUrl(NpgsqlConnectionStringBuilder settings) => this.settings = settings;

    /// <summary>The address without the password, for people.</summary>
    public string Display => $"postgres://{Uri.EscapeDataString(settings.Username!)}@{DisplayHost}:{settings.Port}/{Uri.EscapeDataString(settings.Database!)}";

    private string DisplayHost => settings.Host!.Contains(':', StringComparison.Ordinal) ? $"[{settings.Host}]" : settings.Host;

    public static bool IsOne(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>A text that may be a URL, with whatever may be a password left out.</summary>
    public static string Redact(string text) => PasswordOption().Replace(UserInfo().Replace(text, "${before}@"), "${before}***");

    /// <summary>Reads a URL.</summary>
    /// <exception cref="SweepException">It is no such URL; the message holds no password.</exception>
    public static PostgresUrl Parse(string text)
    {
        if (!IsOne(text) || !Uri.TryCreate(WithHost(text), UriKind.Absolute, out var uri) || uri.AbsolutePath.AsSpan(1).ContainsAny('/', '@'))
        {
            throw Bad(text, "not a URL such as postgres://user@host:5432/database (in a password, @ : / ? # and % are written %40 %3A %2F %3F %23 %25)");
        }

        var user = uri.UserInfo.Split(':', 2);
        var name = Uri.UnescapeDataString(user[0]);
        var read = new NpgsqlConnectionStringBuilder
        {
            Host = FirstOf(uri.Host == NoHost ? "" : uri.IdnHost.Trim('[', ']'), "PGHOST", "localhost"),
            Port = uri.IsDefaultPort || uri.Port < 0 ? PortOf(text) : uri.Port,
            Username = FirstOf(name, "PGUSER", Environment.UserName),
        };
        read.Database = FirstOf(Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')), "PGDATABASE", read.Username);
        if (user.Length == 2 && user[1].Length > 0)
        {
            read.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = option.Split('=', 2);
            Set(read, text, Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        return new PostgresUrl(read);
    }

    /// <summary>What one connection of ours is opened with.</summary>
    /// <param name="statementTimeout">After which the server ends a statement.</param>
    /// <param name="idleTimeout">After which the server ends a transaction in which nothing happens, and with it the locks of a stopped process.</param>
    public string ConnectionString(TimeSpan statementTimeout, TimeSpan idleTimeout)
    {
        var mine = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            Pooling = false,
            Timeout = Math.Min(settings.Timeout, 5),
            ApplicationName = "sweep",
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            GssEncryptionMode = GssEncryptionMode.Disable,
            IncludeErrorDetail = false,
            PersistSecurityInfo = false,
            CommandTimeout = (int)Math.Ceiling(statementTimeout.TotalSeconds) + 2,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 2,
            TcpKeepAliveInterval = 1,
        };
        mine.Options = string.Create(CultureInfo.InvariantCulture, $"""
            {settings.Options} -c statement_timeout={statementTimeout.TotalMilliseconds:F0}
             -c idle_in_transaction_session_timeout={idleTimeout.TotalMilliseconds:F0}
             -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2 -c tcp_user_timeout=5000
             -c jit=off -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off
             -c enable_bitmapscan=off -c enable_incremental_sort=off
            """).ReplaceLineEndings("").Trim();
        return mine.ConnectionString;
    }

    public override string ToString() => Display;

    private static void Set(NpgsqlConnectionStringBuilder settings, string url, string name, string value)
    {
        switch (name)
        {
            case "sslmode":
                settings.SslMode = value switch
                {
                    "disable" => SslMode.Disable,
                    "allow" => SslMode.Allow,
                    "prefer" => SslMode.Prefer,
                    "require" => SslMode.Require,
                    "verify-ca" => SslMode.VerifyCA,
                    "verify-full" => SslMode.VerifyFull,
                    _ => throw Bad(url, $"sslmode is one of disable, allow, prefer, require, verify-ca, verify-full, not \"{value}\""),
                };
                break;
            case "sslrootcert": settings.RootCertificate = value; break;
            case "sslcert": settings.SslCertificate = value; break;
            case "sslkey": settings.SslKey = value; break;
            case "host": settings.Host = value; break;
            case "user": settings.Username = value; break;
            case "password": settings.Password = value; break;
            case "passfile": settings.Passfile = value; break;
            case "options": settings.Options = value; break;
            case "connect_timeout" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds): settings.Timeout = seconds; break;
            default:
                throw Bad(url, $"\"{name}\" is not one of sslmode, sslrootcert, sslcert, sslkey, host, user, password, passfile, options, connect_timeout (a whole number)");
        }
    }

    private static string WithHost(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var length = text.AsSpan(start).IndexOfAny('/', '?');
        var end = length < 0 ? text.Length : start + length;
        return end == start || text[end - 1] == '@' ? text.Insert(end, NoHost) : text;
    }

    private static int PortOf(string url) => Environment.GetEnvironmentVariable("PGPORT") is not { Length: > 0 } text ? DefaultPort
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port
        : throw Bad(url, $"PGPORT is \"{text}\", not a port");

    private static string FirstOf(string given, string variable, string otherwise) =>
        given.Length > 0 ? given : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : otherwise;

    private static SweepException Bad(string text, string why) => new($"{Redact(text)}: {why}");

    [GeneratedRegex("^(?<before>[a-z]+://[^:@/]*):.*@", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserInfo();

    [GeneratedRegex("(?<before>[?&]password=)[^&]*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PasswordOption();
}
