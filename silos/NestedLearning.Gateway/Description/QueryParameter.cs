using Microsoft.OpenApi;

namespace NestedLearning.Gateway.Description;

/// <summary>What a route takes behind the question mark.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it is.</param>
/// <param name="IsRequired">Whether it has to be there.</param>
internal sealed record QueryParameter(string Name, JsonSchemaType Type, bool IsRequired)
{
    /// <summary>A whole number from 0 that may be left out.</summary>
    public static QueryParameter Number(string name) => new(name, JsonSchemaType.Integer, IsRequired: false);

    /// <summary>A whole number from 0 that has to be there.</summary>
    public static QueryParameter RequiredNumber(string name) => new(name, JsonSchemaType.Integer, IsRequired: true);

    /// <summary><c>true</c> or <c>false</c>; false where it is left out.</summary>
    public static QueryParameter Flag(string name) => new(name, JsonSchemaType.Boolean, IsRequired: false);

    /// <summary>A name that may be left out.</summary>
    public static QueryParameter Id(string name) => new(name, JsonSchemaType.String, IsRequired: false);

    /// <summary>A name that has to be there.</summary>
    public static QueryParameter RequiredId(string name) => new(name, JsonSchemaType.String, IsRequired: true);

    public OpenApiParameter Describe() => new()
    {
        Name = Name,
        In = ParameterLocation.Query,
        Required = IsRequired,
        Schema = new OpenApiSchema { Type = Type, Minimum = Type == JsonSchemaType.Integer ? "0" : null },
    };
}
