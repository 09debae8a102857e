using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <summary>A model within keys of grains: <c>name.incarnation</c>, or the name alone for one that has no incarnation.</summary>
internal static class ModelKey
{
    private const char Separator = '.';

    public static string Of(ModelId model, string incarnation) => incarnation.Length == 0 ? model.Value : $"{model}{Separator}{incarnation}";

    public static string NameOf(string key) => key.Split(Separator, 2)[0];

    public static string IncarnationOf(string key) => key.Split(Separator, 2) is [_, var incarnation] ? incarnation : "";
}
