// Prints what OmegaT itself reads from glossary files: one line an entry, source TAB target.
// java -cp OmegaT.jar ReadGlossaries.java FR PT-BR glossary.tbx glossary.utf8
import java.io.File;
import java.io.PrintStream;
import java.util.List;
import org.omegat.core.Core;
import org.omegat.core.data.NotLoadedProject;
import org.omegat.core.data.ProjectProperties;
import org.omegat.gui.glossary.GlossaryEntry;
import org.omegat.gui.glossary.GlossaryReaderTBX;
import org.omegat.gui.glossary.GlossaryReaderTSV;
import org.omegat.util.Language;

public class ReadGlossaries {
    /** A project's properties without a project on disk: the TBX reader asks them for the two languages. */
    static class Languages extends ProjectProperties {
        Languages(String source, String target) throws Exception {
            super();
            setSourceLanguage(source);
            setTargetLanguage(target);
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream data = new PrintStream(System.out, true, "UTF-8");
        System.setOut(System.err); // OmegaT logs there
        ProjectProperties languages = new Languages(arguments[0], arguments[1]);
        Core.setProject(new NotLoadedProject() {
            @Override
            public ProjectProperties getProjectProperties() {
                return languages;
            }
        });
        for (int i = 2; i < arguments.length; i++) {
            File file = new File(arguments[i]);
            List<GlossaryEntry> entries = file.getName().endsWith(".tbx")
                ? GlossaryReaderTBX.read(file, false) : GlossaryReaderTSV.read(file, false);
            for (GlossaryEntry entry : entries) {
                data.println(file.getName() + "\t" + entry.getSrcText() + "\t" + entry.getLocText());
            }
        }
        System.exit(0);
    }
}
