using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using NestedLearning.Gateway.Access;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Description;

/// <summary>The OpenAPI document: what routes have told of themselves, and which scope each asks for.</summary>
internal static class ApiDescription
{
    /// <summary>Where the document is.</summary>
    public const string Path = "/openapi/{documentName}.json";

    private const string Document = "v1";
    private const string KeyScheme = "key";

    public static void AddApiDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        services.AddOpenApi(Document, options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                Complete(document);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(CompleteAsync);
        });
    }

    private static void Complete(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "Nested Learning", Version = Document, License = new OpenApiLicense { Name = "MIT" } };
        document.Servers = []; // Whoever reads it knows where it came from.
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "nl_NAME_SECRET" },
        };
    }

    private static async Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters =
        [
            .. PathParameters(context.Description.RelativePath!),
            .. metadata.OfType<QueryParameter>().Select(parameter => parameter.Describe()),
        ];
        if (metadata.OfType<RequestBody>().FirstOrDefault() is { } body)
        {
            OpenApiSchema? schema = body.Document is { } type ? await context.GetOrCreateSchemaAsync(type, null, cancellationToken) : null;
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { [body.Media] = new() { Schema = schema } },
            };
        }

        operation.Responses ??= [];
        operation.Responses.Add("default", new OpenApiResponse { Description = $"A problem ({ApiPaths.ProblemMediaType}, RFC 9457)" });
        if (metadata.OfType<RequiredAccess>().FirstOrDefault() is { Scope: { } scope })
        {
            OpenApiSecuritySchemeReference key = new(KeyScheme, context.Document);
            operation.Security = [new OpenApiSecurityRequirement { [key] = [ApiScopes.NameOf(scope)] }];
        }
    }

    private static IEnumerable<IOpenApiParameter> PathParameters(string path) => path.Split('/')
        .Where(part => part.StartsWith('{'))
        .Select(part => new OpenApiParameter
        {
            Name = part.Trim('{', '}'),
            In = ParameterLocation.Path,
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[a-z0-9-]+$", MinLength = 1, MaxLength = part == "{tenant}" ? 128 : 64 },
        });
}
