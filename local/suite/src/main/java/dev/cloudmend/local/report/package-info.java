/** Reports of compliance tools: files of findings, larger than memory. */
@NullMarked
package dev.cloudmend.local.report;

import org.jspecify.annotations.NullMarked;
