using System.Globalization;
using System.Xml;

namespace Saga.StateMachines.Definitions;

/// <summary>Times as plan documents write them.</summary>
internal static class Iso8601
{
    public static string Of(TimeSpan duration) => XmlConvert.ToString(duration);

    public static string Of(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
}
