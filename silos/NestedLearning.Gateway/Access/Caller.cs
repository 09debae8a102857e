namespace NestedLearning.Gateway.Access;

/// <summary>Who makes a request that may be made.</summary>
/// <param name="Key">Their key; null where no keys are asked for.</param>
internal sealed record Caller(ApiKey? Key)
{
    /// <summary>The name of the key, for logs and limits; no key is called so.</summary>
    public string Name => Key?.Name.Value ?? "(anyone)";
}
