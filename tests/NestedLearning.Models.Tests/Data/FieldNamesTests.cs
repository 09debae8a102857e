namespace NestedLearning.Models.Tests.Data;

public class FieldNamesTests
{
    [Fact]
    public void Validate_TwoFieldsOfOneName_NamesIt()
    {
        FieldNamesException e = Assert.Throws<FieldNamesException>(() => new FieldNames(Label: "text").Validate());

        Assert.Equal("The field name 'text' is given to two fields; accepted are five different names.", e.Message);
    }

    [Fact]
    public void Validate_EmptyName_IsRefused() =>
        Assert.Throws<FieldNamesException>(() => new FieldNames(Task: " ").Validate());
}
