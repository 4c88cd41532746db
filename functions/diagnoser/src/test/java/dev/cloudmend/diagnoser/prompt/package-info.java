@NullMarked
package dev.cloudmend.diagnoser.prompt;

import org.jspecify.annotations.NullMarked;
