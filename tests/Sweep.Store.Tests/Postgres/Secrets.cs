using Sweep.Testing;

namespace Sweep.Store.Tests.Postgres;

internal static class Secrets
{
    /// <summary>The password of the tests' server is nowhere in the exception: not as it is, not as a URL has it.</summary>
    public static void AreNotIn(Exception failure)
    {
        var text = failure.ToString();
        Assert.DoesNotContain(PostgresServer.Password, text);
        Assert.DoesNotContain(Uri.EscapeDataString(PostgresServer.Password), text);
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            foreach (var value in inner.Data.Values)
            {
                Assert.DoesNotContain(PostgresServer.Password, value?.ToString() ?? "");
            }
        }
    }
}
