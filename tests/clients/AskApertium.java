// Prints what OmegaT's own Apertium engine makes of the answers of a server: one line a text, "" where there is none.
// java -cp OmegaT.jar AskApertium.java http://127.0.0.1:8765/apertium FR PT-BR TEXT...
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import javax.swing.JMenu;
import org.omegat.core.Core;
import org.omegat.core.machinetranslators.ApertiumTranslate;
import org.omegat.gui.main.IMainMenu;
import org.omegat.gui.main.IMainWindow;
import org.omegat.util.Language;

public class AskApertium extends ApertiumTranslate {
    /** An interface of OmegaT's window of which only one method is called. */
    static <T> T standIn(Class<T> kind, Object answer) {
        Class<?>[] kinds = {kind};
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), kinds, (self, method, given) -> answer));
    }

    /** The engine puts itself into the menu of the main window: one is enough for it. */
    static class Window extends Core {
        static void open() {
            setMainWindow(standIn(IMainWindow.class, standIn(IMainMenu.class, new JMenu())));
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream data = new PrintStream(System.out, true, "UTF-8");
        System.setOut(System.err); // OmegaT logs there
        Window.open();
        GT_URL = arguments[0] + "/translate?q="; // 3.6 has no setting for it; 5.4 has
        AskApertium engine = new AskApertium();
        for (int i = 3; i < arguments.length; i++) {
            String answer = engine.translate(new Language(arguments[1]), new Language(arguments[2]), arguments[i]);
            data.println(answer == null ? "" : answer);
        }
    }
}
