using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class TopicsTests
{
    [TestMethod]
    public void Topics_are_those_of_the_contract()
    {
        Topics topics = new("d1");
        string[] commands =
        {
            "access_codes/create", "access_codes/update", "access_codes/delete",
            "access_codes/pull_backup_access_code", "access_codes/get", "access_codes/list",
            "locks/unlock_door", "locks/lock_door",
        };
        for (int i = 0; i < commands.Length; i++)
        {
            Assert.AreEqual("keyway/v1/d1/" + commands[i], topics.Commands()[i]);
            topics.TryGetAction(topics.Commands()[i], out CommandAction action);
            Assert.AreEqual(i, (int)action);
        }

        Assert.IsFalse(topics.TryGetAction("keyway/v1/d2/access_codes/create", out _));
        Assert.AreEqual("keyway/v1/d1/answers", topics.Answers);
        Assert.AreEqual("keyway/v1/d1/action_attempts", topics.AnswersTo(0));
        Assert.AreEqual("keyway/v1/d1/access_codes/state/" + TestJson.Id(1),
            topics.StateOf(TestBook.Id(1), 0));
        Assert.AreEqual("keyway/v1/d1/events", topics.Events);
        Assert.AreEqual("keyway/v1/d1/status", topics.Status);
    }
}
