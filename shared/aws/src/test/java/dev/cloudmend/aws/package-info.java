@NullMarked
package dev.cloudmend.aws;

import org.jspecify.annotations.NullMarked;
