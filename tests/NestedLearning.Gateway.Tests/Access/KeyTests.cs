using NestedLearning.Gateway.Access;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Tests.Access;

/// <summary>Keys as they are made, sent and kept.</summary>
public sealed class KeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Path => System.IO.Path.Combine(_folder, "keys.json");

    [Fact]
    public void Token_WrittenAndRead_OpensItsKeyOnly()
    {
        (ApiKey key, KeyToken token) = ApiKey.CreateAdmin(new KeyId("a-key"));
        (ApiKey other, _) = ApiKey.CreateAdmin(new KeyId("a-key"));

        KeyToken read = KeyToken.Parse(token.Reveal())!;

        Assert.Equal(key.Name, read.Name);
        Assert.True(key.Matches(read));
        Assert.False(other.Matches(read));
    }

    [Fact]
    public void Token_ToString_HidesTheSecret()
    {
        (ApiKey key, KeyToken token) = ApiKey.CreateAdmin(new KeyId("a-key"));
        string secret = token.Reveal().Split('_', 3)[2];

        Assert.Equal("a-key", token.ToString());
        Assert.DoesNotContain(secret, key.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nl_a_")]
    [InlineData("nl_A_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("xx_a_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("nl_a_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("nl_a_AAAAAAAAAAAAAAAAAAAAA=AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("nl_a_AAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAA")]
    public void Token_OtherText_IsNone(string text) => Assert.Null(KeyToken.Parse(text));

    [Fact]
    public void KeyFile_WrittenAndRead_HasTheSameKeys()
    {
        (ApiKey key, KeyToken token) = ApiKey.Create(new KeyId("a-key"), new HashSet<ApiScope> { ApiScope.TenantFeed, ApiScope.TenantRead });
        key = key with
        {
            Tenants = new HashSet<TenantId> { new("ann") },
            Expires = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            RequestsPerMinute = 7,
            EventsPerMinute = 8,
        };

        KeyFile.Write(Path, [key]);
        ApiKey read = Assert.Single(KeyFile.Read(Path));

        Assert.True(read.Matches(token));
        Assert.Equal(key.Scopes.Order(), read.Scopes.Order());
        Assert.Equal(key.Tenants, read.Tenants);
        Assert.Equal((key.Name, key.Expires, 7, 8), (read.Name, read.Expires, read.RequestsPerMinute, read.EventsPerMinute));
        Assert.DoesNotContain(token.Reveal().Split('_', 3)[2], File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public void KeyFile_Written_IsItsOwnersAlone()
    {
        KeyFile.Write(Path, []);

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void KeyFile_NoFile_HasNoKeys() => Assert.Empty(KeyFile.Read(Path));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"keys":null}""")]
    [InlineData("""{"keys":[{"name":"a","scopes":["tenant-read"],"hash":"AAAA"}]}""")]
    [InlineData("""{"keys":[{"name":"A","scopes":["tenant-read"],"hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}]}""")]
    [InlineData("""{"keys":[{"name":"a","scopes":["root"],"hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}]}""")]
    [InlineData("""{"keys":[{"name":"a","scopes":[],"hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","tenant":"ann"}]}""")]
    [InlineData("""{"keys":[{"name":"a","scopes":[],"hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","requestsPerMinute":0}]}""")]
    public void KeyFile_NotOne_IsRefused(string text)
    {
        File.WriteAllText(Path, text);

        Assert.Contains(Path, Assert.Throws<KeyFileException>(() => KeyFile.Read(Path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
