using System.Text;
using System.Xml;

namespace Assay.Evaluation.Reports;

/// <summary>JUnit's XML, which every CI shows: one test case for each expectation and each metric.</summary>
internal static class JUnit
{
    public static string Of(EvaluationOutcome outcome)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new() { Indent = true, OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            foreach (var suite in outcome.Rows.GroupBy(r => r.Suite, StringComparer.Ordinal))
                Suite(xml, suite.Key, [.. suite]);
            xml.WriteEndElement();
        }
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}\n";
    }

    static void Suite(XmlWriter xml, string name, OutcomeRow[] rows)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(name));
        Count(xml, "tests", rows.Length);
        Count(xml, "failures", rows.Count(r => r.State == OutcomeState.Failed));
        Count(xml, "errors", rows.Count(r => r.State == OutcomeState.Error));
        Count(xml, "skipped", rows.Count(r => r.State == OutcomeState.Skipped));
        foreach (var row in rows)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", Clean(name));
            xml.WriteAttributeString("name", Clean(row.Name));
            if (row.State is OutcomeState.Failed or OutcomeState.Error or OutcomeState.Skipped)
            {
                xml.WriteStartElement(row.State switch { OutcomeState.Failed => "failure", OutcomeState.Error => "error", _ => "skipped" });
                xml.WriteAttributeString("message", Clean(row.Text ?? ""));
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    static void Count(XmlWriter xml, string name, int count) => xml.WriteAttributeString(name, count.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>XML 1.0 has no place for most control characters, not even escaped.</summary>
    static string Clean(string text) => new([.. text.Where(XmlConvert.IsXmlChar)]);
}
