@NullMarked
package dev.cloudmend.diagnoser;

import org.jspecify.annotations.NullMarked;
