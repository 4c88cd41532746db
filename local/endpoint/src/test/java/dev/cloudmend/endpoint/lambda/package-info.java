@NullMarked
package dev.cloudmend.endpoint.lambda;

import org.jspecify.annotations.NullMarked;
