package io.github.sumnet.report.document;

import io.github.sumnet.data.Printable;
import io.github.sumnet.report.document.TestSuite.Case;
import io.github.sumnet.report.document.TestSuite.Outcome;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** JUnit's XML as Maven Surefire writes it and CI servers read it. */
final class JUnitRenderer {
  private final XMLStreamWriter xml;

  private JUnitRenderer(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String render(String title, List<TestSuite> suites) {
    StringWriter text = new StringWriter();
    try {
      new JUnitRenderer(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text))
          .write(title, suites);
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("writing to memory failed", impossible);
    }
    return text + "\n";
  }

  private void write(String title, List<TestSuite> suites) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    begin("testsuites", title);
    for (TestSuite suite : suites) {
      begin("testsuite", suite.name());
      attribute("tests", String.valueOf(suite.cases().size()));
      attribute("failures", String.valueOf(suite.count(Outcome.FAILED)));
      attribute("errors", "0");
      attribute("skipped", String.valueOf(suite.count(Outcome.SKIPPED)));
      for (Case each : suite.cases()) {
        begin("testcase", each.name());
        // Jenkins takes what is before the last dot for a package.
        attribute("classname", suite.name().replace('.', '_'));
        if (each.outcome() != Outcome.PASSED) {
          xml.writeStartElement(each.outcome() == Outcome.FAILED ? "failure" : "skipped");
          attribute("message", each.message());
          xml.writeCharacters(Printable.text(each.details()));
          xml.writeEndElement();
        }
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeEndDocument();
  }

  private void begin(String element, String name) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement(element);
    attribute("name", name);
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, Printable.text(value));
  }
}
