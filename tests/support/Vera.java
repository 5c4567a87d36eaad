// Validates PDF files with the veraPDF library: java -cp ... Vera.java PROFILE,PROFILE FILE...
// Prints a line for each rule that a file breaks: PROFILE <tab> FILE <tab> CLAUSE <tab> DESCRIPTION.

import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Vera {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String profile : arguments[0].split(",")) {
            for (int i = 1; i < arguments.length; i++) {
                validate(profile, arguments[i]);
            }
        }
    }

    private static void validate(String profile, String path) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(profile);
        String name = profile + "\t" + Path.of(path).getFileName();
        try (InputStream file = new FileInputStream(path);
                PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            TreeSet<String> broken = new TreeSet<>();
            for (TestAssertion each : result.getTestAssertions()) {
                if (each.getStatus() == TestAssertion.Status.FAILED) {
                    broken.add(name + "\t" + each.getRuleId().getClause() + "\t" + each.getMessage());
                }
            }
            broken.forEach(System.out::println);
            System.out.println(name + "\t" + (result.isCompliant() ? "compliant" : "not compliant"));
        }
    }
}
