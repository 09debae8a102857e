using System.Security.Cryptography;
using System.Text;
using NestedLearning.Silo.Database;

namespace NestedLearning.Silo.Tests.Database;

public sealed class OrleansScriptTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("SELECT 1;\n");
    private static readonly OrleansScript Script = new("Some.sql", "Folder", "Table", Convert.ToHexStringLower(SHA256.HashData(Content)));

    [Fact]
    public void Check_SameBytes_Accepted() => Script.Check(Content);

    [Fact]
    public void Check_OtherLineEndings_RefusedWithBothSums()
    {
        byte[] other = Encoding.UTF8.GetBytes("SELECT 1;\r\n");

        string message = Assert.Throws<ScriptException>(() => Script.Check(other)).Message;

        Assert.Contains(Script.Sha256, message);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(other)), message);
    }

    [Fact]
    public void All_Addresses_NameACommit() => Assert.Equal(
        $"https://raw.githubusercontent.com/dotnet/orleans/{OrleansScript.Commit}/src/AdoNet/Shared/PostgreSQL-Main.sql",
        OrleansScript.All[0].Url.ToString());

    [Fact]
    public async Task Folder_FileMissing_NamesIt()
    {
        ScriptSource source = ScriptSources.Folder("/there/is/no/such/folder");

        ScriptException error = await Assert.ThrowsAsync<ScriptException>(() => source(Script, CancellationToken.None));

        Assert.StartsWith($"'{Path.Combine("/there/is/no/such/folder", Script.File)}' cannot be read: ", error.Message);
    }

    [Fact]
    public void QueriesOf_BothFormsOfAnInsert_NamesThem() => Assert.Equal(
        ["FirstKey", "SecondKey"],
        DatabasePreparation.QueriesOf("INSERT INTO OrleansQuery\nVALUES\n(\n    'FirstKey','\n    SELECT @Key\n');\nVALUES\n(\n    'SecondKey',\n    'DELETE');\n"));
}
