/**
 * A result as a {@link io.github.sumnet.report.document.Document} of blocks, or as records: printed
 * as text, Markdown, HTML or JSON.
 */
package io.github.sumnet.report.document;
