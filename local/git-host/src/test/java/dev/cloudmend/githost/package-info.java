@NullMarked
package dev.cloudmend.githost;

import org.jspecify.annotations.NullMarked;
