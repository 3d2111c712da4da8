/** Results as text, Markdown, HTML, CSV and JSON, and as pictures. */
package io.github.sumnet.report;
