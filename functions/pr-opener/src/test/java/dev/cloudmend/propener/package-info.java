@NullMarked
package dev.cloudmend.propener;

import org.jspecify.annotations.NullMarked;
