@NullMarked
package dev.cloudmend.pullrequests;

import org.jspecify.annotations.NullMarked;
