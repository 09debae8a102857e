using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NestedLearning.Gateway.Access;

namespace NestedLearning.Gateway.Description;

/// <summary>A route of the API: who may call it, and what it tells of itself. There is no way to map one without a scope.</summary>
internal sealed class ApiRoute
{
    private const string Json = "application/json";

    private readonly IEndpointConventionBuilder _endpoint;

    private ApiRoute(IEndpointConventionBuilder endpoint) => _endpoint = endpoint;

    /// <summary>Maps an endpoint for keys with a scope.</summary>
    public static ApiRoute Map(
        IEndpointRouteBuilder routes, ApiScope scope, string method, string pattern, string summary, Func<ApiCall, Task> endpoint)
    {
        IEndpointConventionBuilder mapped = routes.MapMethods(pattern, [method], ApiCall.Handle(endpoint));
        return new ApiRoute(mapped).With(new RequiredAccess(scope), endpoint.Method, new EndpointSummaryAttribute(summary));
    }

    /// <summary>It takes a JSON document.</summary>
    public ApiRoute Takes(Type document) => With(new RequestBody(Json, document));

    /// <summary>It takes a body of a kind.</summary>
    public ApiRoute TakesMedia(string media) => With(new RequestBody(media, null));

    /// <summary>It takes something behind the question mark.</summary>
    public ApiRoute Takes(params QueryParameter[] parameters) => With([.. parameters]);

    /// <summary>It answers with a JSON document.</summary>
    public ApiRoute Answers(Type document) => With(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, document, [Json]));

    /// <summary>It answers with a body of a kind.</summary>
    public ApiRoute AnswersMedia(string media, Type? document = null) =>
        With(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, document ?? typeof(Stream), [media]));

    /// <summary>It answers with nothing.</summary>
    public ApiRoute AnswersNothing() => With(new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent));

    /// <summary>It becomes a WebSocket.</summary>
    public ApiRoute BecomesSocket() => With(new ProducesResponseTypeMetadata(StatusCodes.Status101SwitchingProtocols));

    private ApiRoute With(params object[] metadata)
    {
        _endpoint.WithMetadata(metadata);
        return this;
    }
}
