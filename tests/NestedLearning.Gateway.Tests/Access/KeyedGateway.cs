using NestedLearning.Contracts;
using NestedLearning.Gateway.Access;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Tests.Access;

/// <summary>A gateway that asks for keys, with a small model; and keys of it.</summary>
internal sealed class KeyedGateway : IAsyncDisposable
{
    private readonly string _folder;
    private readonly List<ApiKey> _keys = [];

    private KeyedGateway(TestGateway gateway, string folder, string admin)
    {
        Gateway = gateway;
        Admin = admin;
        _folder = folder;
    }

    public TestGateway Gateway { get; }

    /// <summary>A key that may do everything.</summary>
    public string Admin { get; }

    public ManualTime Time { get; private init; } = new();

    public string KeysFile => Path.Combine(_folder, "keys.json");

    public static async Task<KeyedGateway> StartAsync(Action<GatewayOptions>? configure = null)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        ManualTime time = new();
        (ApiKey key, KeyToken admin) = ApiKey.CreateAdmin(new KeyId("admin"));
        TestGateway gateway = await TestGateway.StartAsync(configure: options =>
        {
            options.ProcessKey = key;
            options.KeysFile = Path.Combine(folder, "keys.json");
            options.Time = time;
            configure?.Invoke(options);
        });
        HttpResponseMessage made = await gateway.SendAsync("PUT", TestGateway.Model, TestGateway.Spec, key: admin.Reveal());
        Assert.Equal("", await made.Content.ReadAsStringAsync());
        return new KeyedGateway(gateway, folder, admin.Reveal()) { Time = time };
    }

    /// <summary>Makes a key, bound to tenants where some are named.</summary>
    public string Add(string name, ApiScope[] scopes, string[]? tenants = null, Func<ApiKey, ApiKey>? change = null)
    {
        (ApiKey key, KeyToken token) = ApiKey.Create(new KeyId(name), scopes.ToHashSet());
        key = key with { Tenants = tenants?.Select(tenant => new TenantId(tenant)).ToHashSet() };
        _keys.Add(change is null ? key : change(key));
        KeyFile.Write(KeysFile, _keys);
        return token.Reveal();
    }

    public void RemoveKeys()
    {
        _keys.Clear();
        KeyFile.Write(KeysFile, _keys);
    }

    public Task<HttpResponseMessage> SendAsync(ApiOperation operation, string? key, string tenant = "ann") =>
        Gateway.SendAsync(operation.Method, operation.PathFor(tenant), operation.Body, operation.Media, key);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
