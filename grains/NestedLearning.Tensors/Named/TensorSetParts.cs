namespace NestedLearning.Tensors;

/// <summary>Sets that are made of several, whose tensors carry a prefix for each.</summary>
public static class TensorSetParts
{
    /// <summary>Adds a part's tensors under a prefix.</summary>
    public static void AddPart(this TensorSet set, string prefix, TensorSet part)
    {
        foreach (NamedTensor tensor in part)
        {
            set.Add(tensor with { Name = prefix + tensor.Name });
        }
    }

    /// <summary>The part under a prefix, with its own names again.</summary>
    public static TensorSet Part(this TensorSet set, string prefix)
    {
        TensorSet part = [];
        foreach (NamedTensor tensor in set.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            part.Add(tensor with { Name = tensor.Name[prefix.Length..] });
        }

        return part;
    }
}
