using System;
using Keyway.Tests.Boards;

namespace nanoFramework.M2Mqtt
{
    /// <summary>Of MQTT.</summary>
    public enum MqttProtocolVersion
    {
        /// <summary>The one that the lock speaks.</summary>
        Version_3_1_1 = 4,
    }

    /// <summary>Of TLS; not all of the vendor's.</summary>
    public enum MqttSslProtocols
    {
        None = 0,
        TLSv1_2 = 4,
    }

    /// <summary>A singleton of the process, as the vendor has it.</summary>
    public sealed class MqttSettings
    {
        public int InflightQueueSize { get; set; } = int.MaxValue;

        public bool ValidateServerCertificate { get; set; } = true;
    }
}

namespace nanoFramework.M2Mqtt.Messages
{
    /// <summary>Of a message or a subscription.</summary>
    public enum MqttQoSLevel
    {
        AtMostOnce = 0,
        AtLeastOnce = 1,
        GrantedFailure = 128,
    }

    /// <summary>How a connect ends; not all of the vendor's.</summary>
    public enum MqttReasonCode
    {
        Success = 0,
        ConnectionRefusedNotAuthorized = 5,
    }

    /// <summary>A message has arrived.</summary>
    public sealed class MqttMsgPublishEventArgs(string topic, byte[] message) : EventArgs
    {
        public string Topic { get; } = topic;

        public byte[] Message
        {
            get
            {
                Controller.Current.Broker.OnTold?.Invoke();
                return message;
            }
        }

        public bool Retain => false;
    }

    /// <summary>A message has reached the broker, or was sent in vain three times.</summary>
    public sealed class MqttMsgPublishedEventArgs(ushort id, bool isPublished) : EventArgs
    {
        public ushort MessageId
        {
            get
            {
                Controller.Current.Broker.OnTold?.Invoke();
                return id;
            }
        }

        public bool IsPublished { get; } = isPublished;
    }

    /// <summary>A subscription is answered.</summary>
    public sealed class MqttMsgSubscribedEventArgs(MqttQoSLevel[] granted) : EventArgs
    {
        public MqttQoSLevel[] GrantedQoSLevels
        {
            get
            {
                Controller.Current.Broker.OnTold?.Invoke();
                return granted;
            }
        }
    }
}

namespace nanoFramework.M2Mqtt.Exceptions
{
    /// <summary>What a client refuses; not all of the vendor's.</summary>
    public enum MqttClientErrorCode
    {
        TopicLength = 4,
        InflightQueueFull = 11,
    }

    /// <summary>The client refuses.</summary>
    public sealed class MqttClientException(MqttClientErrorCode code) : Exception
    {
        public MqttClientErrorCode ErrorCode { get; } = code;
    }

    /// <summary>No connection.</summary>
    public sealed class MqttConnectionException : Exception;

    /// <summary>No answer.</summary>
    public sealed class MqttCommunicationException : Exception;
}
