@NullMarked
package dev.cloudmend.auditwriter;

import org.jspecify.annotations.NullMarked;
