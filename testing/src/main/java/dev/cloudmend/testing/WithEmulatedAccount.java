package dev.cloudmend.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class an {@link EmulatedAccount} as a parameter of a test, a lifecycle
 * method or the constructor. The account is empty when the class begins, and left as it is between
 * the tests of the class. All classes share one server, so they must not run at the same time.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(EmulatedAccountExtension.class)
public @interface WithEmulatedAccount {}
