/** Opens and closes incidents: the first and the last entry of each in the audit trail. */
@NullMarked
package dev.cloudmend.auditwriter;

import org.jspecify.annotations.NullMarked;
