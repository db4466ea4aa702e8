//! The smallest SMTP server that takes a mail, or does not.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

pub struct SmtpSink {
    pub url: String,
    heard: Arc<Mutex<String>>,
}

impl SmtpSink {
    /// Answers every mail with this, once it has heard it whole.
    pub fn start(verdict: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let heard = Arc::new(Mutex::new(String::new()));
        let all = heard.clone();
        // Ends with the test process.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let all = all.clone();
                std::thread::spawn(move || converse(&stream, verdict, &all));
            }
        });
        Self { url, heard }
    }

    pub fn received(&self) -> String {
        self.heard.lock().expect("the sink").clone()
    }
}

fn converse(mut stream: &TcpStream, verdict: &str, all: &Mutex<String>) {
    let mut lines = BufReader::new(stream.try_clone().expect("a second handle"));
    let _ = stream.write_all(b"220 sink\r\n");
    let (mut line, mut in_data) = (String::new(), false);
    while lines.read_line(&mut line).is_ok_and(|read| read > 0) {
        all.lock().expect("the sink").push_str(&line);
        let answer = match (in_data, line.trim_end()) {
            (true, ".") => {
                in_data = false;
                Some(verdict)
            }
            (true, _) => None,
            (false, "DATA") => {
                in_data = true;
                Some("354 go on")
            }
            (false, "QUIT") => Some("221 bye"),
            (false, _) => Some("250 ok"),
        };
        if let Some(answer) = answer {
            let _ = stream.write_all(format!("{answer}\r\n").as_bytes());
        }
        line.clear();
    }
}
