using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NestedLearning.Gateway.Access;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Tests.Access;

/// <summary>The document that other tests go by has every route.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task Document_EveryMappedRoute_IsInItWithItsScope()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        IReadOnlyList<ApiOperation> described = await ApiOperation.ReadAllAsync(gateway);

        string[] mapped =
        [
            .. from endpoint in Endpoints()
               where endpoint.RoutePattern.RawText!.StartsWith(ApiPaths.Root, StringComparison.Ordinal)
               from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
               select $"{method} {endpoint.RoutePattern.RawText} {endpoint.Metadata.GetMetadata<RequiredAccess>()?.Scope}",
        ];

        Assert.Equal(
            mapped.Order(StringComparer.Ordinal),
            described.Select(operation => $"{operation} {operation.Scope}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_EveryOperation_SaysWhatItTakesAndAnswers()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        JsonNode document = await ApiOperation.DocumentAsync(gateway);

        Assert.All(document["paths"]!.AsObject(), path => Assert.All(path.Value!.AsObject(), operation =>
        {
            Assert.NotEmpty(operation.Value!["summary"]!.GetValue<string>());
            Assert.Contains(operation.Value["responses"]!.AsObject(), response => response.Key is "200" or "204");
            Assert.Contains(operation.Value["responses"]!.AsObject(), response => response.Key == "default");
            string[] inPath = [.. (operation.Value["parameters"]?.AsArray() ?? []).Where(one => one!["in"]!.GetValue<string>() == "path").Select(one => $"{{{one!["name"]}}}")];
            Assert.Equal(path.Key.Split('/').Where(part => part.StartsWith('{')), inPath);
        }));
    }

    private static RouteEndpoint[] Endpoints()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<ISchedules>(_ => throw new NotSupportedException());
        builder.Services.AddLearningGateway();
        WebApplication application = builder.Build();
        application.MapLearningApi();
        return [.. ((IEndpointRouteBuilder)application).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }
}
