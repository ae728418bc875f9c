using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class HomeAssistantTests
{
    private const string Time = ".strftime('%Y-%m-%dT%H:%M:%SZ')}}";
    private const string Door =
        "'door':{'platform':'binary_sensor','unique_id':'d_door','device_class':'door',"
        + "'value_template':'{{'ON' if value_json.door_open else 'OFF'}}'},";

    [TestMethod]
    public void The_topic_is_that_of_a_device() => Assert.AreEqual(
        "homeassistant/device/d/config",
        HomeAssistant.TopicOf(HomeAssistant.DefaultPrefix, "d"));

    [TestMethod]
    [DataRow(true, Door)]
    [DataRow(false, "")]
    public void The_message_describes_what_the_lock_has(bool hasContact, string door)
    {
        string expected = "{'device':{'identifiers':'d','name':'Lock','manufacturer':'Keyway',"
            + "'sw_version':'" + AgentSettings.FirmwareVersion + "'},'origin':{'name':'Keyway'},"
            + "'availability_topic':'keyway/v1/d/status','availability_template':"
            + "'{{'online' if value_json.online else 'offline'}}',"
            + "'state_topic':'keyway/v1/d/locks/state','components':{"
            + "'lock':{'platform':'lock','unique_id':'d_lock','name':null,"
            + "'value_template':'{{'LOCKED' if value_json.locked else 'UNLOCKED'}}',"
            + "'command_topic':'keyway/v1/d/locks/command','command_template':'" + Command()
            + "','payload_lock':'LOCK_DOOR','payload_unlock':'UNLOCK_DOOR','qos':1},"
            + "'tamper':{'platform':'binary_sensor','unique_id':'d_tamper','device_class':"
            + "'tamper','value_template':'{{'ON' if value_json.is_tampered else 'OFF'}}'},"
            + "'lockout':{'platform':'binary_sensor','unique_id':'d_lockout','name':'Lockout',"
            + "'device_class':'problem',"
            + "'value_template':'{{'ON' if value_json.is_locked_out else 'OFF'}}'},"
            + door
            + "'user':{'platform':'sensor','unique_id':'d_user','name':'Last user',"
            + "'state_topic':'keyway/v1/d/events','value_template':"
            + "'{{value_json.access_code_id if value_json.event_type=='lock.unlocked' and "
            + "value_json.access_code_id is defined else this.state}}'}}}";
        JsonWriter json = new(Limits.PublishBytes);
        HomeAssistant.Write(json, "d", new Topics("d"), hasContact);
        Assert.AreEqual(expected, TestJson.Text(json.ToArray()));
    }

    // A UUID of version 4 made by the template, and half a minute to arrive.
    private static string Command() =>
        "{\\'action_attempt_id\\':\\'{% set r=range(65536) %}{% set q=range(4096) %}"
        + "{{'%04x%04x-%04x-4%03x-a%03x-%04x%04x%04x'|format("
        + "r|random,r|random,r|random,q|random,q|random,r|random,r|random,r|random)}}"
        + "\\',\\'action_type\\':\\'{{value}}\\',\\'issued_at\\':\\'{{utcnow()" + Time
        + "\\',\\'expires_at\\':\\'{{(utcnow()+timedelta(seconds=30))" + Time + "\\'}";
}
