/** The one configuration file of the suite, and the policy in it. */
@NullMarked
package dev.cloudmend.configuration;

import org.jspecify.annotations.NullMarked;
