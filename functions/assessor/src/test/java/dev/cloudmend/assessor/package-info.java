@NullMarked
package dev.cloudmend.assessor;

import org.jspecify.annotations.NullMarked;
