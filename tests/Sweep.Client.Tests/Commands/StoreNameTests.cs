using Sweep.Client.Commands;

namespace Sweep.Client.Tests.Commands;

/// <summary>A store's address as it may be shown.</summary>
public sealed class StoreNameTests
{
    [Theory]
    [InlineData("postgres://user:secret@host:5432/sweeps")]
    [InlineData("postgresql://user:se@cr:et@host/sweeps")]
    [InlineData("postgres://user@host/sweeps?password=secret&sslmode=require")]
    public void Address_IsShownWithoutItsPassword(string db)
    {
        foreach (var shown in (string[])[StoreName.Of(db), StoreName.Option(db)])
        {
            Assert.DoesNotContain("secret", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("se@cr", shown, StringComparison.Ordinal);
            Assert.Contains("host", shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void File_IsShownAsItIs()
    {
        Assert.Equal("a/b:c@d.db", StoreName.Of("a/b:c@d.db"));
        Assert.Equal("", StoreName.Option("sweep.db"));
        Assert.Equal(" --db other.db", StoreName.Option("other.db"));
    }
}
