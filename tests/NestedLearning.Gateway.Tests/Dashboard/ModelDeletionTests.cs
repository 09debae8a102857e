using System.Net;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Gateway.Dashboard.Signing;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>Doing away with a model from its page.</summary>
public sealed class ModelDeletionTests : DashboardFixture
{
    private static readonly ModelId Model = new("small");
    private static readonly string Page = PagePaths.Delete(Model);

    [Fact]
    public async Task Post_WithTheName_LeadsToTheModelsThatAreLeft()
    {
        await Gateway.FeedAsync(TestGateway.Lines(1, 30));

        HttpResponseMessage response = await PostAsync("small");

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        string text = await Visitor.ReadTextAsync(response.Headers.Location!.ToString());
        Assert.Contains("The model small is deleted; nothing of it is stored.", text, StringComparison.Ordinal);
        Assert.Contains("There is no model yet", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Visitor.GetAsync(PagePaths.Model(Model))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Visitor.GetAsync(Page)).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("smal")]
    [InlineData("Small")]
    public async Task Post_WithAnotherName_AsksAgainAndDeletesNothing(string name)
    {
        HttpResponseMessage response = await PostAsync(name);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("nothing was deleted", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Visitor.ReadAsync(PagePaths.Model(Model));
    }

    [Fact]
    public async Task Post_WithoutTheToken_IsRefused()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await Visitor.PostAsync(Page, (FormNames.Name, "small"))).StatusCode);

        await Visitor.ReadAsync(PagePaths.Model(Model));
    }

    [Fact]
    public async Task Home_ToldOfADeletionThatWasNot_SaysNothing() =>
        Assert.DoesNotContain("is deleted", await Visitor.ReadTextAsync(PagePaths.Root + "?deleted=small"), StringComparison.Ordinal);

    private async Task<HttpResponseMessage> PostAsync(string name) => await Visitor.PostAsync(
        Page, (FormNames.Token, DashboardVisitor.FieldOf(await Visitor.ReadAsync(Page), FormNames.Token)), (FormNames.Name, name));
}
